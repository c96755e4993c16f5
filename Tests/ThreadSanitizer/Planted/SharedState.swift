import Synchronization

/// What the threads of a program share, and the ways they agree, or fail to agree, on who may touch it.
final class SharedState: @unchecked Sendable {
    /// Not guarded by itself: that is what the planted races are about.
    var unguarded = 0
    let guarded = Mutex([Int: Int]())
    let lock = Mutex(())
    let flag = Atomic<Bool>(false)
    let arrived = Atomic<Int>(0)

    /// How often ``wait(until:)`` looks before it lets others have its thread: some milliseconds, so that the pool
    /// starts a second thread meanwhile.
    private static let looks = 2_000_000

    /// Returns once both tasks have come here: races need two threads at work at the same time.
    ///
    /// Relaxed, so that meeting here orders nothing.
    func meet() async {
        arrived.wrappingAdd(1, ordering: .relaxed)
        await wait { arrived.load(ordering: .relaxed) == 2 }
    }

    /// Waits for a condition and holds on to its thread, unless there is none for the other task.
    func wait(until condition: () -> Bool) async {
        while true {
            for _ in 0..<Self.looks where condition() { return }
            await Task.yield()
        }
    }
}
