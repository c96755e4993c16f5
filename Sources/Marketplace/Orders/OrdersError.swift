public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
public import MarketplaceStorage

/// How a call about orders, shipments or addresses ended when it did not succeed.
public enum OrdersError: EffectStating {
    /// An order refused.
    case refused(OrderRejection)
    /// A group of orders refused.
    case refusedGroup(OrderGroupRejection)
    /// A shipment refused.
    case refusedShipment(ShipmentRejection)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// There is no such order.
    case unknownOrder(OrderID)
    /// There is no such group.
    case unknownGroup(OrderGroupID)
    /// There is no such shipment.
    case unknownShipment(ShipmentID)
    /// The address book has no such address, or it was erased.
    case unknownAddress(AddressID)
    /// It is no address.
    case badAddress(PostalAddressProblem)
    /// The address book is full.
    case tooManyAddresses(maximum: Int)
    /// The change makes the order more expensive: have the buyer pay so much, and name the payment.
    case unpaidDifference(Money)
    /// A payment refused, or could not be recorded.
    case payment(RepositoryError<PaymentRejection>)
    /// The gateway did not give money back, and may when it is asked again.
    case gateway(PaymentGatewayError)
    /// The gateway has refused for good to give that refund of an order back; see ``Orders/retryRefund(_:of:by:key:)``.
    case refundRefused(OrderID, number: Int, reason: String)
    /// The units that a change has added were gone before they were taken: it was undone, and its price given back.
    case changeUndone(OrderID, change: Int)
    /// The payment of a purchase does not fit its orders.
    case split(PaymentSplitError)
    /// The inventory refused or failed.
    case stock(InventoryError)
    /// The carrier refused or failed.
    case carrier(CarrierError)
    /// A checkout that may still be working on the order could not be asked.
    case checkout(CheckoutError)
    /// Others changed the same things meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)

    /// What is known of the effect.
    public var effect: EffectOutcome {
        switch self {
        case .refused, .refusedGroup, .refusedShipment, .forbidden, .unknownOrder, .unknownGroup, .unknownShipment,
            .unknownAddress, .badAddress, .tooManyAddresses, .unpaidDifference, .refundRefused, .changeUndone, .split:
            .refused
        case .payment(let error): error.effect
        case .gateway(let error): error.effect
        case .stock(let error): error.effect
        case .carrier(let error): error.effect
        case .checkout(let error): error.effect
        case .contended: .notApplied
        case .failed(let error): error.effect
        }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool { effect != .refused }
}

extension OrdersError: StoreServiceError {}

extension OrdersError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let rejection): rejection.description
        case .refusedGroup(let rejection): rejection.description
        case .refusedShipment(let rejection): rejection.description
        case .forbidden(let error): error.description
        case .unknownOrder(let id): "there is no order \(id)"
        case .unknownGroup(let id): "there is no group of orders \(id)"
        case .unknownShipment(let id): "there is no shipment \(id)"
        case .unknownAddress(let id): "there is no address \(id)"
        case .badAddress(let problem): problem.description
        case .tooManyAddresses(let maximum): "an address book has at most \(maximum) addresses"
        case .unpaidDifference(let amount): "the change costs \(amount) more, which is not paid"
        case .payment(let error): "the payment: \(error)"
        case .gateway(let error): "the gateway: \(error)"
        case .refundRefused(let id, let number, let reason):
            "the gateway has refused refund \(number) of the order \(id) for good: \(reason)"
        case .changeUndone(let id, let change):
            "what change \(change) has added to the order \(id) was gone before it was taken; the change was undone"
        case .split(let error): error.description
        case .stock(let error): "the inventory: \(error)"
        case .carrier(let error): "the carrier: \(error)"
        case .checkout(let error): "the checkout: \(error)"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "\(error)"
        }
    }
}

extension OrdersError {
    init(_ error: RepositoryError<OrderRejection>) { self = Self.from(error, OrdersError.refused) }

    init(_ error: RepositoryError<OrderGroupRejection>) { self = Self.from(error, OrdersError.refusedGroup) }

    init(_ error: RepositoryError<ShipmentRejection>) { self = Self.from(error, OrdersError.refusedShipment) }

    private static func from<Rejection>(
        _ error: RepositoryError<Rejection>,
        _ refused: (Rejection) -> OrdersError
    ) -> OrdersError {
        switch error {
        case .rejected(let rejection): refused(rejection)
        case .contended(let attempts): .contended(attempts: attempts)
        case .store(let error): .failed(error)
        case .unreadable, .unwritable, .badID:
            .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }
}
