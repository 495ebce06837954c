#ifndef EARSHOT_LEXICONS_H
#define EARSHOT_LEXICONS_H

#include <stddef.h>

/// The bytes of one table, constant for the life of the program.
typedef struct {
    const void *start;
    size_t count;
} EarshotTable;

/// The files of this folder, by name.
EarshotTable earshot_table_english_words(void);
EarshotTable earshot_table_english_own(void);
EarshotTable earshot_table_chinese_induced(void);
EarshotTable earshot_table_chinese_own(void);
EarshotTable earshot_table_emoji(void);
EarshotTable earshot_table_emoji_own(void);
EarshotTable earshot_table_english_model(void);
EarshotTable earshot_table_chinese_model(void);

#endif
