/// One order in which three writers begin and finish their commits.
struct WriterSchedule: Sendable, CustomStringConvertible {
    /// What happens next.
    enum Step: Hashable, Sendable {
        /// A writer begins its commit.
        case begin(Int)
        /// A writer finishes its commit: nothing else happens before it has.
        case finish(Int)
    }

    /// How many writers there are.
    static let writerCount = 3

    /// Every order there is: 90, from one after the other to all at once.
    static let all: [WriterSchedule] = {
        var schedules: [WriterSchedule] = []
        extend(WriterSchedule(steps: []), into: &schedules)
        return schedules
    }()

    /// The steps, in order.
    let steps: [Step]

    /// The steps in a few letters: `b0 f0` for a writer that begins and finishes.
    var description: String {
        steps.map { step in
            switch step {
            case .begin(let writer): "b\(writer)"
            case .finish(let writer): "f\(writer)"
            }
        }.joined(separator: " ")
    }

    private static func extend(_ schedule: WriterSchedule, into schedules: inout [WriterSchedule]) {
        guard schedule.steps.count < 2 * writerCount else {
            schedules.append(schedule)
            return
        }
        for writer in 0..<writerCount where !schedule.steps.contains(.finish(writer)) {
            let hasBegun = schedule.steps.contains(.begin(writer))
            let next = hasBegun ? Step.finish(writer) : .begin(writer)
            extend(WriterSchedule(steps: schedule.steps + [next]), into: &schedules)
        }
    }
}
