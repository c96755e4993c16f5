import TestSupport
import Testing

/// Many short streams of commands, each from a seed of its own: one that fails replays alone.
@Suite struct CommandStreamTests {
    private static let streams = 50
    private static let commandsPerStream = 2_100
    /// What may always be asked of a cart.
    private static let neverRefused = ["cart.acknowledge", "cart.clear", "cart.remove", "cart.withdrawCode"]
    /// The commands of all aggregates and of carts; a new one is to be added to the stream.
    private static let commandKinds = 120

    @Test(.timeLimit(.minutes(10)))
    func aHundredThousandLegalAndIllegalCommandsKeepEveryInvariant() {
        var tally = CommandTally()
        PropertyRun.check(Self.streams) { run in
            var stream = CommandStream(run)
            for _ in 0..<Self.commandsPerStream { try stream.step() }
            try stream.finish()
            tally.add(stream.tally)
        }
        print(tally.table)
        guard !PropertyRun.isPartial else { return }
        #expect(tally.total >= 100_000)
        #expect(tally.counts.count == Self.commandKinds)
        #expect(tally.neverLegal == [])
        #expect(tally.neverRefused == Self.neverRefused)
        #expect(tally.toldAnew == CommandStream.toldAnew)
    }
}
