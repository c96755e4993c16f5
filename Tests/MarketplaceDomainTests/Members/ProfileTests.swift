import Foundation
import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct ProfileTests {
    @Test(arguments: [
        "a@b.co", "First.Last+tag@Mail.Shop-1.example", "o'neil_!#$%&*/=?^`{|}~-@x.xn--3e0b707e",
        String(repeating: "a", count: 64) + "@b.example",
    ])
    func anAddressIsKeptAsItWasTyped(_ text: String) throws {
        let address = try EmailAddress(validating: text)
        #expect(address.text == text)
        #expect(try EmailAddress(validating: text.uppercased()) == address)
        let data = try JSONEncoder().encode([address])
        #expect(try JSONDecoder().decode([EmailAddress].self, from: data).map(\.text) == [text])
    }

    @Test(arguments: [
        "", "@", "a@", "@b.example", "a@b", "a b@c.example", "a@b..example", ".a@b.example", "a.@b.example",
        "a..b@c.example", "a@-b.example", "a@b-.example", "a@b.example.", "a@[127.0.0.1]", "\"a\"@b.example",
        "é@b.example", "a@é.example", "a@b.example\n", "a\0@b.example", "a@b@c@", "a,b@c.example",
        String(repeating: "a", count: 65) + "@b.example", "a@" + String(repeating: "b", count: 64) + ".example",
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(throws: EmailAddressError.malformed) { try EmailAddress(validating: text) }
    }

    @Test func anAddressIsBounded() {
        let text = "a@" + String(repeating: "b.", count: 200) + "example"
        #expect(throws: EmailAddressError.tooLong(byteCount: 409, maximum: 254)) {
            try EmailAddress(validating: text)
        }
    }

    @Test func numbersAreInternational() throws {
        #expect(try PhoneNumber(validating: "+49 (30) 123-456.7").text == "+49301234567")
        for text in [
            "", "+", "030 1234567", "+0301234567", "+1234567", "+1234567890123456", "+49 30 12a4567", "49301234567",
        ] {
            #expect(throws: PhoneNumberError.self, "\(text)") { try PhoneNumber(validating: text) }
        }
    }

    @Test func languagesAreTags() throws {
        #expect(try LanguageTag(validating: "pt-BR").text == "pt-BR")
        for text in ["", "-", "pt-", "pt_BR", "ptbrptbrp", String(repeating: "a-", count: 20) + "a"] {
            #expect(throws: LanguageTagError.self, "\(text)") { try LanguageTag(validating: text) }
        }
    }

    @Test func aNameIsBoundedAndVisible() throws {
        let email = try EmailAddress(validating: "a@b.example")
        #expect(throws: MemberProfileError.blankName) { try MemberProfile(name: " \u{a0}", email: email) }
        #expect(throws: MemberProfileError.nameTooLong(count: 201, maximum: 200)) {
            try MemberProfile(name: String(repeating: "x", count: 201), email: email)
        }
    }

    @Test func aLogShowsNothingPersonal() throws {
        let profile = try MemberProfile(
            name: "Kim",
            email: EmailAddress(validating: "kim.secret@shop.example"),
            phone: PhoneNumber(validating: "+821012345678"),
            language: .english
        )
        var dumped = ""
        dump(profile, to: &dumped)
        for text in ["\(profile)", "\([profile])", "\(profile.email)", "\(profile.phone as Any)", dumped] {
            #expect(!text.contains("Kim") && !text.contains("kim.secret") && !text.contains("12345"), "\(text)")
        }
    }

    @Test func composedAndDecomposedNamesAreAChange() throws {
        let email = try EmailAddress(validating: "a@b.example")
        let composed = try MemberProfile(name: "Zo\u{e9}", email: email)
        let decomposed = try MemberProfile(name: "Zoe\u{301}", email: email)
        #expect(composed.fields(changedIn: decomposed) == [.name])
        #expect(composed.fields(changedIn: composed) == [])
        #expect(
            try composed.fields(changedIn: composed.with(email: EmailAddress(validating: "A@b.example"))) == [.email]
        )
    }
}
