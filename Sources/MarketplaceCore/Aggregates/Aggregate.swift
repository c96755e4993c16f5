/// A consistency boundary whose facts change through events alone.
///
/// An aggregate is a value: ``decide(_:)`` looks at the state and answers a command with the events to record or with
/// a rejection; ``apply(_:)`` moves the state along one recorded event. Neither reads a clock, makes an identifier or
/// waits: whatever a decision needs comes in with the command. So a rule is tested in one line, and the recorded
/// events are the audit log, the outbox and the source of every read model.
///
/// ``apply(_:)`` must accept every event that ``decide(_:)`` of this or an earlier release has ever returned.
public protocol Aggregate: Sendable {
    /// What can be asked of it.
    associatedtype Command: RepeatableCommand
    /// What can happen to it.
    associatedtype Event: EventUnion
    /// Why a command can be refused, with its facts.
    associatedtype Rejection: EffectStating
    /// What names one of them.
    associatedtype ID: Hashable & Sendable & CustomStringConvertible = Identifier<Self>

    /// The category of its event streams, such as `order`: short, stable, never renamed after a release.
    static var category: String { get }

    /// The state before the first event.
    init()

    /// Lets whoever gives `command` learn what it led to when it was given before; a repetition is not decided again.
    ///
    /// Lets everybody, unless the aggregate says otherwise.
    func admit(_ command: Command) throws(Rejection)

    /// Answers `command` with the events to record; an empty list when nothing changes.
    func decide(_ command: Command) throws(Rejection) -> [Event]

    /// Moves the state along a recorded event.
    mutating func apply(_ event: Event)
}

extension Aggregate {
    /// Lets everybody.
    public func admit(_ command: Command) throws(Rejection) {}

    /// The state that `events` lead to, from the state before the first event.
    public init(replaying events: some Sequence<Event>) {
        self.init()
        for event in events { apply(event) }
    }

    /// Decides `command` and applies what was decided.
    @discardableResult
    public mutating func handle(_ command: Command) throws(Rejection) -> [Event] {
        let events = try decide(command)
        for event in events { apply(event) }
        return events
    }
}
