public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplaceSagas

/// What a checkout knows: what is bought, and what its steps have brought about.
public struct CheckoutState: SagaState, Hashable {
    /// The order.
    public let order: OrderID
    /// Who buys.
    public let buyer: MemberID
    /// What is bought where its prices are given.
    private let givenLines: [OrderLine]
    /// What is bought where it is priced by the checkout.
    public let purchase: Purchase?
    /// Where it is to be sent, in the buyer's address book; nil where nothing is to be sent, or it is told later.
    public let address: AddressID?
    /// Whether there is an order for each seller; nil, the form of earlier releases, when there is one for all.
    private let splitsSellers: Bool?

    /// By what it is to be paid; nil for one payment at the gateway.
    private let namedTenders: [CheckoutTender]?

    /// The price of the purchase.
    public internal(set) var priced: PricedOrder?
    /// Whether the stock is reserved.
    var isReserved: Bool?
    /// The money that is set aside.
    public internal(set) var authorization: [TenderReceipt]?
    /// The money that is taken.
    public internal(set) var capture: [TenderReceipt]?

    /// The money that is taken before the stock is.
    var charge: [TenderReceipt]?
    /// That the gateway has confirmed the payment afterwards.
    var notice: PaymentNotice?

    /// What is bought, gifts among it once it is priced.
    public var lines: [OrderLine] { priced?.lines ?? givenLines }
    /// What each unit is sold for, once it is priced; nil where that is its price.
    public var shares: FrozenShares? { priced?.shares }
    /// The codes of the buyer that brought nothing because they could not be used, once it is priced.
    public var refusedCodes: [RefusedCode] { priced?.refusedCodes ?? [] }
    /// What it comes to.
    public var total: Money { priced?.shares.total ?? givenTotal }
    private let givenTotal: Money

    /// Whether there is a group with an order for each seller.
    var isSplit: Bool { splitsSellers ?? false }

    /// The orders of a purchase of several sellers; nil when it is one order.
    public func parts() throws(CheckoutError) -> [PurchasePart]? {
        guard isSplit else { return nil }
        if let priced {
            guard let parts = priced.parts else { return nil }
            return try parts.map { part throws(CheckoutError) in try self.part(part, of: priced) }
        }
        return try givenLines.sellersInOrder.map { seller throws(CheckoutError) in
            let lines = givenLines.filter { $0.sellerID == seller }
            do throws(MoneyError) {
                let total = try Money.sum(
                    of: lines.map { line throws(MoneyError) in try line.total() },
                    in: givenTotal.currency
                )
                return PurchasePart(
                    order: OrderID(of: seller, in: order),
                    seller: seller,
                    lines: lines,
                    shares: nil,
                    groupCharges: [],
                    total: total
                )
            } catch {
                throw .invalid(.amount(error))
            }
        }
    }

    private func part(_ part: PricedPart, of priced: PricedOrder) throws(CheckoutError) -> PurchasePart {
        let charges = Set(part.charges)
        do throws(FrozenSharesError) {
            let shares = try FrozenShares(
                priced.shares.currency,
                lines: part.lineIndices.map { priced.shares.lines[$0] },
                shipping: priced.shares.shipping.filter { charges.contains($0.id) },
                promotions: part.promotions
            )
            return PurchasePart(
                order: OrderID(of: part.seller, in: order),
                seller: part.seller,
                lines: part.lineIndices.map { priced.lines[$0] },
                shares: shares,
                groupCharges: part.groupCharges,
                total: shares.total
            )
        } catch {
            throw .invalid(.shares(error))
        }
    }

    /// Whether the checkout has to price it.
    var isToBePriced: Bool { purchase != nil }
    /// Whether it claims limits or coupons: what claims nothing is bought without a redemption.
    var usesCoupons: Bool { priced.map { !$0.claims.isEmpty || !$0.codes.isEmpty } ?? false }
    /// Who buys, as limits and coupons know members.
    var member: MemberKey { purchase?.buyer.member ?? MemberKey(buyer) }

    /// By what it is to be paid; none for one payment at the gateway.
    public var tenders: [CheckoutTender] { namedTenders ?? [] }
    /// Whether the gateway has taken a part of it.
    var isTakenAtGateway: Bool { charge?.contains { $0.reference != nil } ?? false }

    /// Whether there is anything to pay: what costs nothing is bought without the gateway.
    var costsSomething: Bool { total.isPositive }

    /// The payment of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var payment: PaymentID { PaymentID(bits: order.bits) }

    /// The reservation of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var reservation: ReservationID { ReservationID(bits: order.bits) }

    /// The redemption of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var redemption: RedemptionID { RedemptionID(bits: order.bits) }

    /// The state a checkout begins with, if the order it asks for can exist.
    init(_ request: CheckoutRequest) throws(CheckoutError) {
        let lines =
            try request.purchase.map { purchase throws(CheckoutError) in try Self.lines(of: purchase) } ?? request.lines
        order = request.order
        buyer = request.buyer
        givenLines = lines
        givenTotal = try Self.total(of: lines, request)
        purchase = request.purchase
        address = request.address
        namedTenders = request.tenders.isEmpty ? nil : request.tenders
        splitsSellers = lines.sellersInOrder.count > 1 ? true : nil
    }

    /// What the lines come to, if the orders they ask for can exist.
    private static func total(of lines: [OrderLine], _ request: CheckoutRequest) throws(CheckoutError) -> Money {
        var totals: [Money] = []
        // Without lines there is no seller either, and one order to refuse.
        let sellers = lines.isEmpty ? [nil] : lines.sellersInOrder
        guard sellers.count <= OrderGroup.maximumOrders else {
            throw .invalidGroup(.tooManyOrders(count: sellers.count, maximum: OrderGroup.maximumOrders))
        }
        for seller in sellers {
            let create = OrderAction.create(
                id: request.order,
                buyer: request.buyer,
                lines: lines.filter { $0.sellerID == seller }
            )
            do throws(OrderRejection) {
                let events = try Order().decide(ActorCommand(create, by: .buyer(request.buyer), at: .epoch))
                if let total = Order(replaying: events).total { totals.append(total) }
            } catch {
                throw .invalid(error)
            }
        }
        guard let currency = totals.first?.currency else { throw .invalid(.noLines) }
        do throws(MoneyError) {
            return try Money.sum(of: totals, in: currency)
        } catch {
            throw .invalid(.amount(error))
        }
    }

    /// The goods of a purchase at their prices before promotions.
    private static func lines(of purchase: Purchase) throws(CheckoutError) -> [OrderLine] {
        do throws(PricingRefusal) {
            try purchase.validate()
        } catch {
            throw .unpriceable(error)
        }
        return purchase.basket.lines.compactMap { $0.orderLine(at: $0.unitPrice) }
    }
}
