/// All that can happen to one aggregate: an enumeration with one payload per case.
///
/// ```swift
/// enum OrderEvent: EventUnion {
///     case created(OrderCreated)
///     case canceled(OrderCanceled)
///
///     static let cases = [EventCase(OrderEvent.created), EventCase(OrderEvent.canceled)]
///
///     var payload: any EventPayload {
///         switch self {
///         case .created(let payload): payload
///         case .canceled(let payload): payload
///         }
///     }
/// }
/// ```
public protocol EventUnion: Hashable, Sendable {
    /// How each stored kind of event becomes a value of this type.
    static var cases: [EventCase<Self>] { get }

    /// The payload of this event.
    var payload: any EventPayload { get }
}
