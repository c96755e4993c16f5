/// Something an ``Observer`` is told, as a type of its own with a stable name and few, bounded attributes.
public protocol ObserverEvent: Sendable {
    /// The stable name, such as `saga.step.finished`: use it as a metric's or a log line's name.
    static var name: String { get }

    /// What it carries. Attributes marked as labels have few values and can label a metric.
    var attributes: [ObserverAttribute] { get }
}
