import ExampleSupport
import FlashSaleKit
import Testing

struct SaleOptionsTests {
    /// Every option with a value it cannot take, and what the message must say of its range.
    @Test(arguments: [
        ("buyers", "0", "from 1 to 1000000"), ("buyers", "many", "from 1 to 1000000"),
        ("stock", "-1", "from 0 to 1000000"), ("skus", "10001", "from 1 to 10000"),
        ("per-member-limit", "0", "from 1 to 1000"), ("payment-failures", "100.01", "from 0 to 100"),
        ("payment-failures", "1.234", "two decimals"), ("payment-timeouts", "-1", "from 0 to 100"),
        ("early-arrivals", "x", "from 0 to 100"), ("come-backs", "200", "from 0 to 100"),
        ("walk-aways", "1e3", "from 0 to 100"), ("tills", "0", "from 1 to 1000000"),
        ("seed", "18446744073709551616", "from 0 to 18446744073709551615"), ("seed", "0xG", "hexadecimal"),
        ("json", "", "the path of a file"), ("report", "", "the path of a file"),
        ("gateway-record", "", "the path of a file"),
    ])
    func aWrongValueIsOneLineWithTheOptionAndItsRange(name: String, text: String, range: String) throws {
        let error = #expect(throws: OptionError.self) {
            try SaleOptions.command.parse(["--\(name)=\(text)"])
        }
        let message = try #require(error).description
        #expect(message.hasPrefix("--\(name) takes "))
        #expect(message.contains(range))
        #expect(!message.contains("\n"))
    }

    @Test func everyOptionIsInTheHelpText() {
        let help = SaleOptions.command.helpText
        for option in SaleOptions.command.options { #expect(help.contains("--\(option.name)")) }
    }
}
