import Testing

@testable import FlashSaleKit

struct WaitingLineTests {
    private func closed(_ joining: WaitingLine<String>.Joining) -> [String]? {
        if case .waits(let closed) = joining { closed } else { nil }
    }

    @Test func aUnitSetFreeGoesToTheFirstInLine() {
        var line = WaitingLine<String>(activeCount: 3)
        #expect(closed(line.join("a", ticket: 1)) == [])
        #expect(closed(line.join("b", ticket: 2)) == [])
        #expect(line.free() == "a")
        #expect(line.count == 1)
    }

    @Test func whoComesBackTakesTheOldPlace() {
        var line = WaitingLine<String>(activeCount: 3)
        _ = line.join("a", ticket: 1)
        _ = line.join("b", ticket: 2)
        #expect(line.free() == "a")
        #expect(closed(line.join("a", ticket: 1)) == [])
        #expect(line.free() == "a")
    }

    @Test func aUnitSetFreeBetweenRefusalAndJoiningIsNotLost() {
        var line = WaitingLine<String>(activeCount: 2)
        #expect(line.free() == nil)
        guard case .tryAgain = line.join("a", ticket: 1) else {
            Issue.record("it waits for what has happened already")
            return
        }
        #expect(closed(line.join("b", ticket: 2)) == [], "one unit, one try")
    }

    @Test func theLineIsClosedWhenNobodyCanSetAUnitFree() {
        var line = WaitingLine<String>(activeCount: 3)
        _ = line.join("a", ticket: 1)
        _ = line.join("b", ticket: 2)
        #expect(line.leave() == ["a", "b"])
        #expect(line.count == 0)
    }

    @Test func theLastToJoinClosesTheLine() {
        var line = WaitingLine<String>(activeCount: 1)
        #expect(closed(line.join("a", ticket: 1)) == ["a"])
    }
}
