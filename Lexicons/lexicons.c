#include "lexicons.h"

// Each table is a file beside this one: #embed (C23) makes it part of the program, and a changed
// file a changed build.
#define EARSHOT_TABLE(name)                                                                        \
    EarshotTable earshot_table_##name(void) {                                                      \
        return (EarshotTable){.start = name, .count = sizeof name};                                \
    }

static const unsigned char english_words[] = {
#embed "english-words.tsv"
};
static const unsigned char english_own[] = {
#embed "english-own.tsv"
};
static const unsigned char chinese_induced[] = {
#embed "chinese-induced.tsv"
};
static const unsigned char chinese_own[] = {
#embed "chinese-own.tsv"
};
static const unsigned char emoji[] = {
#embed "emoji.tsv"
};
static const unsigned char emoji_own[] = {
#embed "emoji-own.tsv"
};
static const unsigned char english_model[] = {
#embed "english.model"
};
static const unsigned char chinese_model[] = {
#embed "chinese.model"
};

EARSHOT_TABLE(english_words)
EARSHOT_TABLE(english_own)
EARSHOT_TABLE(chinese_induced)
EARSHOT_TABLE(chinese_own)
EARSHOT_TABLE(emoji)
EARSHOT_TABLE(emoji_own)
EARSHOT_TABLE(english_model)
EARSHOT_TABLE(chinese_model)
