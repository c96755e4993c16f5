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
        ("gateway-record", "", "the path of a file"), ("acknowledged", "", "the path of a file"),
        ("store", "redis:here", "memory, sqlite:FILE or postgres://"),
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

    @Test(arguments: [
        (["--buyers=600"], "--buyers is 500 in the sale that is there, not 600"),
        (["--seed", "7", "--payment-failures", "4"], "--payment-failures is 3 % in the sale that is there, not 4 %"),
        (["--buyers=500"], nil), ([], nil),
    ])
    func whatContradictsTheSaleThatIsThereIsNamed(arguments: [String], message: String?) throws {
        var stored = SalePlan()
        stored.buyers = 500
        stored.seed = 7
        guard case .run(let options) = try SaleOptions.command.parse(arguments) else { return }
        #expect(SaleOptions.contradiction(options, to: stored)?.description == message)
    }

    @Test func thereAreFewerTillsWhereTheStoreOutlivesTheProcess() throws {
        for (arguments, tills) in [
            ([], 1_000_000), (["--store=sqlite:sale.db"], 1_000), (["--store=sqlite:sale.db", "--tills=7"], 7),
        ] {
            guard case .run(let options) = try SaleOptions.command.parse(arguments) else { return }
            let plan = SaleOptions.plan(options)
            #expect(plan.tills == tills)
            #expect(SaleOptions.listing(options, of: plan).contains { $0 == ("--tills", "\(tills)") })
        }
    }

    @Test func everyOptionIsInTheHelpText() {
        let help = SaleOptions.command.helpText
        for option in SaleOptions.command.options { #expect(help.contains("--\(option.name)")) }
    }
}
