/// The input of a saga together with the outputs of its steps, each an optional property.
///
/// It is journalled when the saga starts, and from then on only the outputs are. Personal data stays out of it: it
/// carries ids.
public protocol SagaState: Codable, Sendable {}
