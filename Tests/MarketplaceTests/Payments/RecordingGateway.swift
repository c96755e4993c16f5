import Marketplace
import Synchronization

/// A gateway that remembers what it was to charge.
final class RecordingGateway: PaymentGateway {
    private let gateway: any PaymentGateway
    private let seen = Mutex<[String]>([])

    init(gateway: any PaymentGateway) {
        self.gateway = gateway
    }

    var instruments: [String] { seen.withLock { $0 } }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        if let instrument = request.instrument { seen.withLock { $0.append(instrument.text) } }
        return try await gateway.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        try await gateway.lookUp(key)
    }
}
