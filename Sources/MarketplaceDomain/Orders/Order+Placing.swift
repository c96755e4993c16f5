import MarketplaceCore

extension Order {
    /// What is to be placed.
    struct Placing {
        let id: OrderID
        let buyer: MemberID
        let lines: [OrderLine]
        let shares: FrozenShares?
        let statedTotal: Money?
        let group: OrderGroupID?
        let groupCharges: [BasketLineID]

        init(
            _ id: OrderID,
            _ buyer: MemberID,
            _ lines: [OrderLine],
            _ shares: FrozenShares?,
            _ statedTotal: Money?,
            _ group: OrderGroupID?,
            _ groupCharges: [BasketLineID]
        ) {
            self.id = id
            self.buyer = buyer
            self.lines = lines
            self.shares = shares
            self.statedTotal = statedTotal
            self.group = group
            self.groupCharges = groupCharges
        }
    }

    func create(_ placing: Placing, _ command: Command) throws(OrderRejection) -> [OrderEvent] {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: placing.buyer)
        } catch {
            throw .forbidden(error)
        }
        if let placed {
            guard placed.orderID == placing.id, placed.buyerID == placing.buyer, placed.lines == placing.lines,
                placed.shares == placing.shares, placed.groupID == placing.group,
                placed.groupCharges ?? [] == placing.groupCharges
            else { throw .alreadyCreated(placed.orderID) }
            return []
        }
        do throws(TransitionRefusal<OrderStatus, OrderMove, ActorRole>) {
            _ = try Self.lifecycle.move(.create, from: nil, by: command.actor.role)
        } catch {
            throw .move(error)
        }
        let sum = try Self.total(of: placing.lines)
        if let shares = placing.shares { try Self.check(shares, of: placing.lines, in: sum.currency) }
        for charge in placing.groupCharges where placing.shares?.shipping.contains(where: { $0.id == charge }) != true {
            throw .unknownCharge(charge)
        }
        let total = placing.shares?.total ?? sum
        if let stated = placing.statedTotal, stated != total {
            throw .totalMismatch(stated: stated, computed: total)
        }
        let created = OrderCreated(
            orderID: placing.id,
            buyerID: placing.buyer,
            lines: placing.lines,
            shares: placing.shares,
            total: total,
            groupID: placing.group,
            groupCharges: placing.groupCharges.isEmpty ? nil : placing.groupCharges,
            by: command.actor,
            at: command.time
        )
        return [.created(created)]
    }

    private static func total(of lines: [OrderLine]) throws(OrderRejection) -> Money {
        guard let currency = lines.first?.unitPrice.currency else { throw .noLines }
        guard lines.count <= maximumLines else { throw .tooManyLines(count: lines.count, maximum: maximumLines) }
        var total = Money.zero(currency)
        for (index, line) in lines.enumerated() {
            let found = line.unitPrice.currency
            guard found == currency else {
                throw .currencyMismatch(expected: currency, found: found, lineIndex: index)
            }
            guard !line.unitPrice.isNegative else { throw .negativePrice(line.unitPrice, lineIndex: index) }
            do throws(MoneyError) {
                try total += line.total()
            } catch {
                throw .amount(error)
            }
        }
        do throws(QuantityError) {
            _ = try lines.demand()
        } catch {
            throw .quantity(error)
        }
        return total
    }

    /// Shares stand in the order of the lines, and each unit is paid with its price less its discount, and tax that may
    /// come on top.
    private static func check(
        _ shares: FrozenShares,
        of lines: [OrderLine],
        in currency: Currency
    ) throws(OrderRejection) {
        guard shares.currency == currency else {
            throw .currencyMismatch(expected: currency, found: shares.currency, lineIndex: 0)
        }
        guard shares.lines.count == lines.count else {
            throw .sharesMismatch(lineIndex: min(shares.lines.count, lines.count))
        }
        for (index, (share, line)) in zip(shares.lines, lines).enumerated() {
            guard share.units == line.quantity.value, share.runs.allSatisfy({ $0.fits(line) }) else {
                throw .sharesMismatch(lineIndex: index)
            }
        }
    }
}

extension FrozenShares.Run {
    /// Whether a unit is paid with the line's price less the discount, and tax that may come on top.
    func fits(_ line: OrderLine) -> Bool {
        let price = line.unitPrice.minorUnits
        // None is negative, and the discount is no more than the price, so nothing overflows.
        guard units > 0, discountMinor >= 0, taxMinor >= 0, paidMinor >= taxMinor, discountMinor <= price else {
            return false
        }
        return paidMinor == price - discountMinor || paidMinor - taxMinor == price - discountMinor
    }
}
