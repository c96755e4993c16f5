import ExampleStores
import ExampleSupport
import Marketplace
import TwoProcessesKit

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run --traits SQLite market-worker --store sqlite:market.db`: buys what the API has accepted.
@main
struct MarketWorkerCommand {
    static let untilIdle = Option.flag("until-idle", help: "Ends when nothing waits any more")
    static let audit = Option.file(
        "audit",
        help: "Checks everything that this file of market-api acknowledged, after the work"
    )
    static let gatewayRecord = Option.file(
        "gateway-record",
        help: "Where the payment gateway, which is another company, keeps its own record; beside the store unless given"
    )
    static let command = CommandLineOptions(
        "market-worker",
        summary: "buys what market-api has accepted: runs its sagas, lists and sweeps until it is ended. Exits with 1"
            + " when --audit finds that something does not hold",
        [MarketOptions.store, untilIdle, audit, gatewayRecord]
    )

    static func main() async throws {
        let options = CommandShell.parse(command)
        if options[audit] != nil, !options[untilIdle] {
            CommandShell.refuse(.unmet(name: audit.name, reason: "needs --until-idle: the work must end"), of: command)
        }
        guard let path = options[gatewayRecord] ?? options[MarketOptions.store].companion("gateway") else {
            let isDurable = options[MarketOptions.store].isDurable
            CommandShell.refuse(
                .unmet(
                    name: isDurable ? gatewayRecord.name : MarketOptions.store.name,
                    reason: isDurable ? "must name a file where the store is on a server" : "must be a store on a disk"
                ),
                of: command
            )
        }
        let (store, environment) = await MarketOptions.open(options, for: command)
        let record = try GatewayRecordFile(path, codec: .json)
        let rates = GatewayRates(declined: .percent(5), timedOutAfterEffect: .percent(5))
        let script = GatewayScript([.authorize: rates, .capture: GatewayRates(timedOutAfterEffect: .percent(5))])
        let gateway = try ScriptedPaymentGateway(script, seed: 1, resuming: record)
        let worker = MarketWorker(environment, gateway: gateway)
        try await worker.run(untilIdle: options[untilIdle])
        var hasPassed = true
        if let path = options[audit] {
            let acknowledged = try AppendOnlyRecordFile.read(path).lines.compactMap { OrderID($0) }
            let checks = try await MarketAudit(worker, acknowledged: acknowledged, entries: record.entries()).checks()
            Console.standardOutput.write(checks, title: "What must hold of \(acknowledged.count) purchases")
            hasPassed = checks.allSatisfy(\.hasPassed)
        }
        await store.close()
        if !hasPassed { exit(1) }
    }
}
