import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct CardNumberTests {
    @Test(
        arguments: [
            "4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "tok_4242424242424242_x",
            "378282246310005", "6304000000000000", "my card is 5555 5555 5555 4444, thanks",
        ]
    )
    func aTextWithTheNumberOfACardIsRecognised(_ text: String) {
        #expect(CardNumber.isContained(in: text))
        #expect(throws: PaymentMethodRefusal.cardNumber) { try PaymentToken(text) }
        #expect(throws: PaymentMethodRefusal.cardNumber) { try PaymentMethodLabel(brand: text) }
        #expect(throws: PaymentMethodRefusal.cardNumber) { try PaymentMethodLabel(brand: "Visa", lastFour: text) }
    }

    @Test(
        arguments: [
            "4242424242424241", "42424242424", "tok_1NXWPnCo6bFb1KQto6C8OWvE", "pm_card_visa", "42424242424242424242",
            "4242  4242  4242  4242", "",
        ]
    )
    func otherTextsAreNot(_ text: String) {
        #expect(!CardNumber.isContained(in: text))
    }

    @Test func tokensAndLabelsAreBounded() {
        #expect(throws: PaymentMethodRefusal.tokenLength(byteCount: 0, maximum: 512)) { try PaymentToken("") }
        #expect(throws: PaymentMethodRefusal.tokenLength(byteCount: 513, maximum: 512)) {
            try PaymentToken(String(repeating: "t", count: 513))
        }
        #expect(throws: PaymentMethodRefusal.brandLength(byteCount: 0, maximum: 64)) {
            try PaymentMethodLabel(brand: "")
        }
        for lastFour in ["424", "42424", "42a2", "４２４２", ""] {
            #expect(throws: PaymentMethodRefusal.lastFour) { try PaymentMethodLabel(brand: "Visa", lastFour: lastFour) }
        }
        #expect(throws: Never.self) { try PaymentMethodLabel(brand: "Bank account") }
    }
}
