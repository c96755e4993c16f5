import MarketplaceCore

extension [CartLine] {
    /// Puts more units in: to the line of their SKU, or as a new line.
    mutating func add(
        _ sku: SKU,
        _ quantity: Quantity,
        at time: Timestamp,
        maximumLines: Int
    ) throws(CartRejection) {
        guard let index = firstIndex(where: { $0.sku == sku }) else {
            guard count < maximumLines else { throw .tooManyLines(maximum: maximumLines) }
            append(CartLine(sku: sku, quantity: quantity, addedAt: time))
            return
        }
        do throws(QuantityError) {
            self[index].quantity = try self[index].quantity.adding(quantity)
        } catch {
            throw .quantity(sku, error)
        }
    }

    /// Wants so many units of what is there.
    mutating func setQuantity(_ quantity: Quantity, of sku: SKU) throws(CartRejection) {
        guard let index = firstIndex(where: { $0.sku == sku }) else { throw .notInCart(sku) }
        self[index].quantity = quantity
    }

    /// Takes lines over; what does not fit is left out.
    mutating func merge(_ lines: [CartLine], _ policy: CartMergePolicy, maximumLines: Int) {
        for line in lines {
            guard let index = firstIndex(where: { $0.sku == line.sku }) else {
                if count < maximumLines { append(line) }
                continue
            }
            let own = self[index].quantity
            switch policy {
            case .larger: self[index].quantity = Swift.max(own, line.quantity)
            case .sum: self[index].quantity = (try? own.adding(line.quantity)) ?? own
            case .members: break
            }
        }
    }
}
