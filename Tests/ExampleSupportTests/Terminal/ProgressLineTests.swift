import ExampleSupport
import Synchronization
import Testing

struct ProgressLineTests {
    /// A clock that stands still until it is moved.
    private final class Reading: Sendable {
        private let elapsed = Mutex(Duration.zero)
        func advance(by duration: Duration) { elapsed.withLock { $0 += duration } }
        var now: @Sendable () -> Duration { { [self] in elapsed.withLock { $0 } } }
    }

    private let reading = Reading()

    @Test func onATerminalOneLineIsRewrittenAndRemoved() {
        let output = RecordingOutput(isTerminal: true)
        let line = ProgressLine(on: output, now: reading.now)
        line.update("1 sold")
        reading.advance(by: .milliseconds(100))
        line.update("2 sold")
        line.finish()
        #expect(output.written == "\r1 sold\u{1B}[K\r2 sold\u{1B}[K\r\u{1B}[K")
    }

    @Test func elsewherePlainLinesAreWrittenAndStay() {
        let output = RecordingOutput(isTerminal: false)
        let line = ProgressLine(on: output, now: reading.now)
        line.update("1 sold")
        reading.advance(by: .milliseconds(999))
        line.update("2 sold")
        reading.advance(by: .milliseconds(1))
        line.update("3 sold")
        line.finish()
        #expect(output.written == "1 sold\n3 sold\n")
    }

    @Test func anUpdateThatComesTooSoonDoesNotEvenMakeItsText() {
        let line = ProgressLine(on: RecordingOutput(isTerminal: true), now: reading.now)
        var made = 0
        func text() -> String {
            made += 1
            return "text"
        }
        line.update(text())
        line.update(text())
        #expect(made == 1)
    }

    @Test func nothingIsWrittenAfterTheEnd() {
        let output = RecordingOutput(isTerminal: true)
        let line = ProgressLine(on: output, now: reading.now)
        line.finish()
        line.update("late")
        line.note("later")
        line.finish()
        #expect(output.written.isEmpty)
    }

    @Test func aNoteStandsOnALineOfItsOwn() {
        let output = RecordingOutput(isTerminal: true)
        let line = ProgressLine(on: output, now: reading.now)
        line.update("1 sold")
        line.note("the sale is open")
        #expect(output.written == "\r1 sold\u{1B}[K\r\u{1B}[Kthe sale is open\n")
    }

    @Test func aLongTextDoesNotWrapAndALineBreakDoesNotBreakTheLine() {
        let output = RecordingOutput(isTerminal: true, columns: 10)
        ProgressLine(on: output, now: reading.now).update("ab\ncdefghijkl")
        #expect(output.written == "\rab cdefgh\u{1B}[K")
    }
}
