import MarketplaceCore
import Testing

/// What a buyer types becomes one form.
struct CouponCodeTests {
    @Test(arguments: ["spring-10", "SPRING10", " Spring 10 "]) func spacesHyphensAndCaseDoNotMatter(_ text: String)
        throws
    {
        #expect(try CouponCode(typed: text) == "SPRING10")
    }

    @Test func nothingButSpacesIsNoCode() {
        #expect(throws: TextKeyError.empty) { try CouponCode(typed: " - ") }
    }
}
