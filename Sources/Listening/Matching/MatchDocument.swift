/// What queries are matched against.
package struct MatchDocument: Hashable, Sendable {
    /// Empty where there is none, like every other field.
    package var title: String
    package var text: String
    /// Handle, with or without `@`.
    package var author: String
    /// Host.
    package var site: String
    /// BCP 47 tag.
    package var language: String
    /// Addresses beside those of the texts.
    package var urls: [String]

    package init(
        title: String = "", text: String, author: String = "", site: String = "",
        language: String = "", urls: [String] = []
    ) {
        self.title = title
        self.text = text
        self.author = author
        self.site = site
        self.language = language
        self.urls = urls
    }
}
