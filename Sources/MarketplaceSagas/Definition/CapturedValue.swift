import MarketplaceCore
import Synchronization

/// The result of a call that was made through an interceptor.
final class CapturedValue<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func set(_ new: Value) {
        value.withLock { $0 = new }
    }

    func get() throws -> Value {
        guard let value = value.withLock({ $0 }) else { throw NotApplied("the call was not made") }
        return value
    }
}
