import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Some thousands of calls of the services of a marketplace, from a seed that is printed and replays alone.
@Suite struct ServiceStreamTests {
    private static let callsPerStream = 2_000

    @Test(.timeLimit(.minutes(10)))
    func thousandsOfCallsLeaveReadModelsThatTheFeedRebuildsFromEmpty() async throws {
        var counts: [String: ServiceStream.Count] = [:]
        await PropertyRun.checkAsync(6) { run in
            var stream = try ServiceStream(run)
            try await stream.open()
            for number in 0..<Self.callsPerStream {
                try await Self.step(&stream)
                // The read models grow while the marketplace runs.
                if number.isMultiple(of: 150) { try await RebuiltReadModels.catchUp(stream.market) }
            }
            try await RebuiltReadModels.catchUp(stream.market)
            try await RebuiltReadModels(stream.market, run).check()
            let report = try await PaymentReconciler(in: stream.market.environment, statement: stream.market.gateway)
                .report()
            #expect(report.isReconciled, "\(report), \(run.replay)")
            try await stream.checkStock()
            for (name, count) in stream.counts {
                counts[name, default: ServiceStream.Count()].add(count)
            }
        }
        print(ServiceStream.table(of: counts))
        guard !PropertyRun.isPartial else { return }
        #expect(counts.filter { $0.value.carriedOut == 0 }.map(\.key) == [])
        #expect(counts.filter { $0.value.refused == 0 }.map(\.key) == ["restock"])
    }

    private static func step(_ stream: inout ServiceStream) async throws {
        switch stream.run.natural(through: 24) {
        case 0...3: try await stream.callCatalog()
        case 4: try await stream.callCategory()
        case 5, 6: try await stream.callStock()
        case 7...10: try await stream.callCheckout()
        case 11...13: try await stream.callOrder()
        case 14...17: try await stream.callShipment()
        case 18, 19: try await stream.callReview()
        case 20...22: try await stream.callSettlement()
        case 23: stream.market.clock.advance(by: .minutes(stream.run.natural(through: 600)))
        default: try await stream.repeatCall()
        }
    }
}
