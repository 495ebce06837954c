/// English names of languages, as some platforms write them, and their BCP 47 tags (the names are
/// those of GDELT's list of languages).
enum LanguageNames {
    static func tag(of name: String) -> String? { tags[name.lowercased()] }

    private static let tags: [String: String] = [
        "afrikaans": "af", "albanian": "sq", "arabic": "ar", "armenian": "hy",
        "azerbaijani": "az", "bengali": "bn", "bosnian": "bs", "bulgarian": "bg",
        "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da",
        "dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi", "french": "fr",
        "galician": "gl", "georgian": "ka", "german": "de", "greek": "el", "gujarati": "gu",
        "hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is",
        "indonesian": "id", "italian": "it", "japanese": "ja", "kannada": "kn", "kazakh": "kk",
        "korean": "ko", "latvian": "lv", "lithuanian": "lt", "macedonian": "mk", "malay": "ms",
        "malayalam": "ml", "marathi": "mr", "mongolian": "mn", "nepali": "ne",
        "norwegian": "no", "norwegiannynorsk": "nn", "persian": "fa", "polish": "pl",
        "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru",
        "serbian": "sr", "sinhalese": "si", "slovak": "sk", "slovenian": "sl", "somali": "so",
        "spanish": "es", "swahili": "sw", "swedish": "sv", "tamil": "ta", "telugu": "te",
        "thai": "th", "tibetan": "bo", "turkish": "tr", "ukrainian": "uk", "urdu": "ur",
        "vietnamese": "vi",
    ]
}
