#include <libxml/xmlversion.h>
// Debian builds libxml2 with ICU, whose headers clash with the ICU inside Foundation
// ("UErrorCode"); the parser's interface needs none of them.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

// A cast macro, which Swift does not import.
static const unsigned int earshot_xml_sax2_magic = XML_SAX2_MAGIC;

// Swift imports the enumerators as structs, which do not join. No entity is replaced, nothing is
// fetched, and the label of the encoding is not read: the text is UTF-8 already.
static const int earshot_xml_options = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_HUGE
    | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC;
