import ExampleSupport
import MarketplaceCore
import MarketplaceDomain
import MarketplaceJSON
import MarketplacePorts
import MarketplaceStorage
import Testing

struct GatewayRecordFileTests {
    private let folder: TemporaryFolder
    private let path: String
    private let amount = Money(minorUnits: 9_900, .krw)

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("gateway.record")
    }

    private func open() throws -> GatewayRecordFile { try GatewayRecordFile(path, codec: .json) }

    @Test func whatAGatewayHasDecidedOutlivesIt() async throws {
        var script = GatewayScript()
        script["2/authorize"] = [.decline("no\nfunds")]
        do {
            let record = try open()
            #expect(record.isNew)
            let gateway = try ScriptedPaymentGateway(script, resuming: record)
            _ = try await gateway.authorize(amount, for: PaymentID(bits: 1), key: "1/authorize")
            _ = try await gateway.capture(amount, of: PaymentID(bits: 1), key: "1/capture")
            await #expect(throws: PaymentGatewayError.self) {
                try await gateway.authorize(amount, for: PaymentID(bits: 2), key: "2/authorize")
            }
        }
        let record = try open()
        #expect(!record.isNew)
        let gateway = try ScriptedPaymentGateway(script, resuming: record)
        let entries = try gateway.entries()
        #expect(entries.map(\.kind) == [.authorize, .capture, .authorize])
        #expect(entries.last?.refusal?.reason == "no\nfunds")
        #expect(try GatewayRecordFile.read(path, codec: .json) == entries)
        #expect(try entries.totals()[PaymentID(bits: 1)]?.captured == amount)
        guard case .refused(let error) = try await gateway.lookUp("2/authorize") else {
            Issue.record("the refusal was forgotten")
            return
        }
        #expect(error.code == .declined)
    }

    @Test func aTornEntryIsCutOff() async throws {
        try folder.put(Array("{\"key\":\"1/auth".utf8), in: "gateway.record")
        let record = try open()
        #expect(record.isNew)
        #expect(try record.entries().isEmpty)
    }

    @Test func aDamagedEntryIsAnError() throws {
        try folder.put(Array("nonsense\n".utf8), in: "gateway.record")
        #expect(throws: GatewayRecordError.self) { try open().entries() }
    }

    @Test func aGatewayThatCannotKeepItsRecordMovesNothing() async throws {
        let record = try open()
        let gateway = try ScriptedPaymentGateway(resuming: record)
        let long = String(repeating: "x", count: 70_000)
        var script = GatewayScript()
        script["1/authorize"] = [.decline(long)]
        let strict = try ScriptedPaymentGateway(script, resuming: record)
        await #expect(throws: PaymentGatewayError.self) {
            try await strict.authorize(amount, for: PaymentID(bits: 1), key: "1/authorize")
        }
        #expect(try gateway.entries().isEmpty)
        #expect(try await strict.lookUp("1/authorize") == .neverSeen)
    }
}
