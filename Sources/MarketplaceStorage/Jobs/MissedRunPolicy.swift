/// What becomes of due times at which no server ran the job: they were down, busy, or held up by
/// ``ScheduledJob/atLeast``.
///
/// The latest due time is not missed as long as it is no older than ``ScheduledJob/grace``.
public enum MissedRunPolicy: Hashable, Sendable {
    /// They are left out: for a job whose result is of no use when it is late.
    case skip
    /// The latest of them is run, however late, and the others are left out: for a job that does everything there is
    /// to do.
    case runOnce
    /// Each is run, the earliest first, and of more than `limit` only the latest `limit`: for a job that does
    /// what belongs to its due time and nothing else.
    case catchUp(limit: Int)
}
