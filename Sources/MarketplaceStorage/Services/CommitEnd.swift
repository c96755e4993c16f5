/// How a commit ended that neither failed nor stayed unknown.
package enum CommitEnd {
    case done(CommitReceipt)
    /// Others were faster: read again, decide again.
    case contended
    /// A counter would leave its bounds. `value` is what it is now.
    case bound(CounterKey, CounterBound, value: Int64)
}
