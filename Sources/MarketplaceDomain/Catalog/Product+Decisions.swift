import MarketplaceCore

extension Product {
    func create(
        _ id: ProductID,
        _ seller: SellerID,
        _ title: String,
        _ description: String,
        _ command: Command
    ) throws(ProductRejection) -> [ProductEvent] {
        try refuseStrangers(command, seller: seller)
        if let existing = self.id {
            guard existing == id, sellerID == seller, self.title == title, productDescription == description else {
                throw .alreadyCreated(existing)
            }
            return []
        }
        try check(.create, command)
        try Self.check(title: title, description: description)
        return [
            .created(
                ProductCreated(
                    productID: id,
                    sellerID: seller,
                    title: title,
                    description: description,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func change(_ id: ProductID, _ edit: ProductEdit, _ command: Command) throws(ProductRejection) -> [ProductEvent] {
        try checkEditable(command)
        let title = edit.title ?? title
        let description = edit.description ?? productDescription
        try Self.check(title: title, description: description)
        let options = edit.options.flatMap { $0 == self.options ? nil : $0 }
        let categories = edit.categories.flatMap { $0 == self.categories ? nil : $0 }
        let attributes = edit.attributes.flatMap { $0 == self.attributes ? nil : $0 }
        let media = edit.media.flatMap { $0 == self.media ? nil : $0 }
        if let options { try checkFit(of: options) }
        if let categories { try Self.check(categories) }
        if let attributes { try Self.check(attributes) }
        if let media { try Self.check(media) }
        let isTextChanged = title != self.title || description != productDescription
        let isListChanged = options != nil || categories != nil || attributes != nil || media != nil
        guard isTextChanged || isListChanged else { return [] }
        return [
            .updated(
                ProductUpdated(
                    productID: id,
                    title: title,
                    description: description,
                    options: options,
                    categories: categories,
                    attributes: attributes,
                    media: media,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func add(_ id: ProductID, _ new: ProductVariant, _ command: Command) throws(ProductRejection) -> [ProductEvent] {
        try checkEditable(command)
        let choices = try Self.ordered(new.choices, of: options)
        let variant = ProductVariant(id: new.id, sku: new.sku, price: new.price, choices: choices, tiers: new.tiers)
        if let existing = self.variant(variant.id) {
            guard existing == variant else { throw .variantExists(variant.id) }
            return []
        }
        guard variants.count < Self.maximumVariants else { throw .tooManyVariants(maximum: Self.maximumVariants) }
        try check(variant.sku, isFreeFor: variant.id)
        if let same = variants.first(where: { $0.choices == choices }) {
            throw .duplicateCombination(usedBy: same.id)
        }
        try check(price: variant.price)
        try Self.check(variant.tiers, in: variant.price.currency)
        return [
            .variantAdded(
                ProductVariantAdded(
                    productID: id,
                    variantID: variant.id,
                    sku: variant.sku,
                    price: variant.price,
                    choices: choices.isEmpty ? nil : choices,
                    tiers: variant.tiers.isEmpty ? nil : variant.tiers,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func setTiers(
        _ id: ProductID,
        _ variantID: VariantID,
        _ tiers: [PriceTier],
        _ command: Command
    ) throws(ProductRejection) -> [ProductEvent] {
        try checkEditable(command)
        guard let variant = variant(variantID) else { throw .unknownVariant(variantID) }
        guard variant.tiers != tiers else { return [] }
        try Self.check(tiers, in: variant.price.currency)
        return [
            .priceTiersChanged(
                ProductPriceTiersChanged(
                    productID: id,
                    variantID: variantID,
                    tiers: tiers,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func changeSKU(_ id: ProductID, _ variantID: VariantID, _ sku: SKU, _ command: Command) throws(ProductRejection)
        -> [ProductEvent]
    {
        try checkEditable(command)
        guard let variant = variant(variantID) else { throw .unknownVariant(variantID) }
        guard variant.sku != sku else { return [] }
        try check(sku, isFreeFor: variantID)
        return [
            .variantChanged(
                ProductVariantChanged(
                    productID: id,
                    variantID: variantID,
                    from: variant.sku,
                    to: sku,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func changePrice(
        _ id: ProductID,
        _ variantID: VariantID,
        _ price: Money,
        _ command: Command
    ) throws(ProductRejection) -> [ProductEvent] {
        try checkEditable(command)
        guard let variant = variant(variantID) else { throw .unknownVariant(variantID) }
        guard variant.price != price else { return [] }
        try check(price: price)
        return [
            .priceChanged(
                ProductPriceChanged(
                    productID: id,
                    variantID: variantID,
                    from: variant.price,
                    to: price,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func changeStatus(
        _ id: ProductID,
        _ move: ProductMove,
        to target: ProductStatus,
        _ command: Command
    ) throws(ProductRejection) -> [ProductEvent] {
        try refuseStrangers(command, seller: sellerID)
        if isRepeated(move, to: target, command) { return [] }
        try check(move, command)
        guard let status else { return [] }
        return [
            .statusChanged(
                ProductStatusChanged(
                    productID: id,
                    from: status,
                    to: target,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    /// Whether the product is there already; an operator's suspension of a suspended product is not a repetition
    /// when the seller suspended it, because it takes the seller's right to end it.
    private func isRepeated(_ move: ProductMove, to target: ProductStatus, _ command: Command) -> Bool {
        guard status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) else { return false }
        return !(move == .suspend && command.actor.role == .operator && suspendedBy != .operator)
    }

    private func checkEditable(_ command: Command) throws(ProductRejection) {
        try refuseStrangers(command, seller: sellerID)
        try check(.edit, command)
    }

    private func refuseStrangers(_ command: Command, seller: SellerID?) throws(ProductRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }

    private func check(_ move: ProductMove, _ command: Command) throws(ProductRejection) {
        var facts: Set<TransitionFact> = []
        if !variants.isEmpty { facts.insert(.hasVariant) }
        if suspendedBy == .operator { facts.insert(.suspendedByOperator) }
        do throws(TransitionRefusal<ProductStatus, ProductMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }

    private func checkFit(of options: [ProductOption]) throws(ProductRejection) {
        try Self.check(options)
        for variant in variants {
            do throws(ProductRejection) {
                // Options may be named in another order, which is for display; what a variant stands for may not change.
                _ = try Self.ordered(variant.choices, of: options)
            } catch {
                throw .optionsInUse(by: variant.id)
            }
        }
    }

    private func check(_ sku: SKU, isFreeFor variantID: VariantID) throws(ProductRejection) {
        try Self.check(sku)
        guard let other = variants.first(where: { $0.sku == sku && $0.id != variantID }) else { return }
        throw .duplicateSKU(sku, usedBy: other.id)
    }

    private func check(price: Money) throws(ProductRejection) {
        guard !price.isNegative else { throw .negativePrice(price) }
        guard let currency = variants.first?.price.currency, currency != price.currency else { return }
        throw .currencyMismatch(expected: currency, found: price.currency)
    }
}
