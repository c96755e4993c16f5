import MarketplaceStorage
import Testing

struct OneShotTests {
    @Test func everyoneWhoWaitsGetsTheFirstValue() async {
        let shot = OneShot<Int>()
        let values = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<20 { group.addTask { await shot.value() } }
            group.addTask {
                await Task.yield()
                shot.settle(7)
                return 7
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 7, count: 21))
        #expect(!shot.settle(8))
        #expect(await shot.value() == 7)
    }

    @Test func whoeverIsCancelledWaitsNoLonger() async {
        let shot = OneShot<Int>()
        let waiting = Task { await shot.value() }
        await Task.yield()
        waiting.cancel()
        #expect(await waiting.value == nil)
        #expect(shot.settle(1))
    }

    @Test func aSettledValueIsThereEvenForWhoeverIsCancelled() async {
        let shot = OneShot<Int>()
        shot.settle(3)
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return await shot.value()
        }
        late.cancel()
        #expect(await late.value == 3)
    }
}
