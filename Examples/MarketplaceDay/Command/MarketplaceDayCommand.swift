import ExampleStores
import ExampleSupport
import Marketplace
import MarketplaceDayKit

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run -c release marketplace-day`.
@main
struct MarketplaceDayCommand {
    let options: ParsedOptions
    private let output = Console.standardOutput

    static func main() async throws {
        let command = MarketplaceDayCommand(options: CommandShell.parse(DayOptions.command))
        if try await !command.run() { exit(1) }
    }

    /// Plays the days and shows what came of them; false when a check is broken.
    private func run() async throws -> Bool {
        let start = ContinuousClock.now
        let settings = DayOptions.settings(options)
        let store = await ExampleStore.open(
            options[DayOptions.store],
            namespace: .marketplaceDay,
            for: DayOptions.command
        )
        guard try await DayMarker.take(store.store, for: settings) else {
            let reason = "holds days that were played before: name another file, or a database without them"
            CommandShell.refuse(.unmet(name: DayOptions.store.name, reason: reason), of: DayOptions.command)
        }
        let world = try DayWorld(seed: settings.seed, store: store.store)
        let history = try await play(DayPlan(settings), in: world)
        let audit = try DayAudit(history, try await DayEvidence(from: world))
        output.write(history.troubleTable)
        output.write(audit.creditTable)
        output.write(audit.reconciliation.table)
        for difference in audit.reconciliation.differences.prefix(DayAudit.shownDifferences) {
            output.writeLine("  " + difference)
        }
        output.write(audit.checks, title: "What must hold")
        output.writeLine()
        let exactness = audit.reconciliation.isExact ? "exact to the minor unit" : "NOT EXACT"
        output.writeLine(
            "\(Format.count(settings.days)) \(settings.days == 1 ? "day" : "days") with \(Format.count(history.total(\.purchases))) purchases in"
                + " \(Format.duration(ContinuousClock.now - start)); the reconciliation is \(exactness)."
        )
        CommandShell.save(
            DayReport(history, audit, options: options.listing).html,
            to: options[DayOptions.report],
            of: DayOptions.command
        )
        await store.close()
        return audit.checks.allSatisfy(\.hasPassed)
    }

    /// Plays the days, told one by one or, where the story is left out, by a line that says how far it is.
    private func play(_ plan: DayPlan, in world: DayWorld) async throws -> DayHistory {
        let line = ProgressLine(on: output)
        defer { line.finish() }
        let isQuiet = options[DayOptions.quiet]
        return try await DayRun(plan, in: world).run { day in
            if isQuiet {
                line.update("day \(day.day + 1) of \(plan.settings.days)")
            } else {
                for text in day.story { line.note(text) }
            }
        }
    }
}
