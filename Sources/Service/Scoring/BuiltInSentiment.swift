import EarshotLexicons
package import EarshotSentiment

/// The word tables and weights that the program carries within itself.
package enum BuiltInSentiment {
    /// A reader of English and Chinese.
    ///
    /// Throws where a table and the weights trained with it are
    /// not of one build.
    package static func reader(
        _ scorer: SentimentModel.Scorer = .combined
    ) throws(SentimentModelError) -> SentimentReader {
        SentimentReader(
            [
                try LanguageSentiment(
                    tables: tables(of: "en"), model: bytes(earshot_table_english_model())),
                try LanguageSentiment(
                    tables: tables(of: "zh"), model: bytes(earshot_table_chinese_model())),
            ], scorer: scorer)
    }

    /// The word tables of a language, in the order in which its weights are trained with them;
    /// empty for a language that has none.
    package static func tables(of language: String) -> [UnsafeRawBufferPointer] {
        let tables =
            switch language {
            case "en":
                [
                    earshot_table_english_words(), earshot_table_english_own(),
                    earshot_table_emoji(), earshot_table_emoji_own(),
                ]
            case "zh":
                [
                    earshot_table_chinese_induced(), earshot_table_chinese_own(),
                    earshot_table_emoji(), earshot_table_emoji_own(),
                ]
            default: [EarshotTable]()
            }
        return tables.map(bytes)
    }

    private static func bytes(_ table: EarshotTable) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: table.start, count: table.count)
    }
}
