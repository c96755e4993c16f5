/// What is counted of a queue apart from its front; none of it ever falls.
struct WaitingTally: Hashable, Sendable {
    /// How many numbers were given out.
    var joined: Int64 = 0
    /// How many tickets left before their call.
    var departed: Int64 = 0
    /// How many tickets left after their call and before they entered.
    var givenBack: Int64 = 0
    /// How many members were inside and are no longer.
    var exited: Int64 = 0
}
