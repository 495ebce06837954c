import EarshotLanguage
import Testing

@Suite struct LanguageGuessTests {
    @Test(arguments: [
        ("The battery is dead and I want my money back", "en"),
        ("Der Akku ist nicht gut und ich bin müde", "de"),
        ("La batterie est morte et je ne suis pas content", "fr"),
        ("La batería no sirve y el servicio es malo", "es"),
        ("买了 Northwind Pro 手机，电池太差了", "zh"),
        ("電池がすぐ切れる、残念です", "ja"),
        ("배터리가 너무 빨리 닳아요", "ko"),
        ("Батарея быстро садится", "ru"),
        ("البطارية سيئة جدا", "ar"),
    ])
    func namesTheLanguage(text: String, tag: String) {
        #expect(LanguageGuess.tag(of: text) == tag)
    }

    @Test(arguments: ["", "Nike Air Max", "@the_and_of https://the.example/of #and", "12:30 !!!"])
    func saysNothingWhereNothingShows(text: String) {
        #expect(LanguageGuess.tag(of: text) == nil)
    }
}
