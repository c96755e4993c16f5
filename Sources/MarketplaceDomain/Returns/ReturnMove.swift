/// The named moves of a return's lifecycle.
public enum ReturnMove: String, Sendable, Hashable, CaseIterable {
    /// Ask for it.
    case request
    /// Agree to it.
    case approve
    /// Disagree.
    case reject
    /// Change one's mind.
    case cancel
    /// Give it up: the goods were not sent in time.
    case expire
    /// Send the goods.
    case send
    /// Take the goods in.
    case receive
    /// Fix what is given back.
    case complete
    /// Take note that all of that has happened.
    case settle
}
