/// A point in the life of one thing, from which a timer counts.
public enum TimePoint<State: Hashable & Sendable>: Sendable, Hashable {
    /// When it was in that state for the first time.
    case firstEntered(State)
    /// When it came into that state most recently.
    case lastEntered(State)
    /// A point that is given from outside, such as the end of a booking.
    case named(TimePointName)
}

extension TimePoint: CustomStringConvertible {
    /// The point in words.
    public var description: String {
        switch self {
        case .firstEntered(let state): "first entered \(state)"
        case .lastEntered(let state): "last entered \(state)"
        case .named(let name): name.text
        }
    }
}
