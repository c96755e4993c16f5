package import Marketplace
import Synchronization

/// The wall clock of the simulated days: it stands until it is moved.
package final class DayClock: WallClock {
    /// A Monday.
    package static let start = Timestamp(microsecondsSinceEpoch: 1_772_409_600_000_000)

    private let time = Mutex(DayClock.start)

    /// A clock at the start of the first day.
    package init() {}

    /// The time now.
    package var now: Timestamp { time.withLock { $0 } }

    /// Moves on to a minute of a day, both from 0; never back.
    func move(to minute: Int, of day: Int) {
        let target = Self.start.advanced(by: .days(day) + .minutes(minute))
        time.withLock { $0 = max($0, target) }
    }

    /// Lets time pass.
    func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }
}
