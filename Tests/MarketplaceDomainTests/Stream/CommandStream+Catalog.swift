import MarketplaceCore
import MarketplaceDomain
import TestSupport

extension CommandStream {
    mutating func commandProduct() throws {
        let product = try subject(of: \.products) { stream in
            let seller = stream.anySeller()
            return StreamSubject(
                .create(
                    id: ProductID(bits: stream.nextNumber()),
                    seller: seller,
                    title: stream.happens(onceIn: 10) ? " " : "A title",
                    description: ""
                ),
                seller: seller,
                invariant: Self.problem(of:)
            )
        }
        try give(productAction(of: product), to: product)
    }

    private mutating func productAction(of product: StreamSubject<Product, ProductAction>) -> ProductAction {
        let root = product.root
        if root.status == nil || happens(onceIn: 30) { return product.birth }
        switch run.natural(through: 12) {
        case 0...2: return .edit(edit())
        case 3...5: return .addVariant(variant(of: root))
        case 6: return .changeSKU(of: variantID(), to: Example.key("sku", run.natural(through: 5)))
        case 7: return .changePrice(of: variantID(), to: price())
        case 8:
            let tier = PriceTier(for: "gold", from: .units(1 + run.natural(through: 2)), price: price())
            return .setPriceTiers(of: variantID(), to: happens(onceIn: 6) ? [tier, tier] : [tier])
        case 9, 10: return .activate
        case 11: return .suspend
        default: return happens(onceIn: 4) ? .archive : .activate
        }
    }

    private mutating func price() -> Money {
        happens(onceIn: 12)
            ? Money(minorUnits: 100, .eur)
            : Example.won(Int64(run.natural(through: 90)) - (happens(onceIn: 8) ? 91 : 0))
    }

    private mutating func variantID() -> VariantID { VariantID(bits: UInt128(run.natural(through: 4))) }

    private mutating func edit() -> ProductEdit {
        switch run.natural(through: 5) {
        case 0: ProductEdit(title: happens(onceIn: 5) ? String(repeating: "x", count: 151) : "Another title")
        case 1: ProductEdit(description: "Words \(run.natural(through: 3))")
        case 2: ProductEdit(options: [ProductOption("size", values: happens(onceIn: 5) ? [] : ["S", "M", "L"])])
        case 3: ProductEdit(options: [], attributes: [ProductAttribute("new", .boolean(true))])
        case 4: ProductEdit(categories: [CategoryID(bits: UInt128(run.natural(through: 3)))])
        default: ProductEdit(media: [ProductMedia("picture")])
        }
    }

    private mutating func variant(of product: Product) -> ProductVariant {
        let choices = product.options.map { option in
            VariantChoice(option.name, happens(onceIn: 10) ? "unknown" : run.element(of: option.values))
        }
        return ProductVariant(
            id: variantID(),
            sku: Example.key("sku", run.natural(through: 5)),
            price: price(),
            choices: choices
        )
    }

    private static func problem(of product: Product) -> String? {
        let variants = product.variants
        guard Set(variants.map(\.id)).count == variants.count, Set(variants.map(\.sku)).count == variants.count,
            Set(variants.map(\.choices)).count == variants.count
        else { return "two variants of a product are the same" }
        guard variants.allSatisfy({ !$0.price.isNegative }), Set(variants.map(\.price.currency)).count < 2 else {
            return "a price of a product is below zero or in another currency"
        }
        if product.status == .active, variants.isEmpty { return "a product without variants is on sale" }
        return (product.suspendedBy != nil) == (product.status == .suspended) ? nil : "nobody suspended a product"
    }
}

extension CommandStream {
    private static let categories = (1...14).map { CategoryID(bits: $0) }

    mutating func commandCategory() throws {
        let tree = try subject(of: \.trees) { _ in
            StreamSubject(.create(id: Self.categories[0], parent: nil, name: "First"), invariant: Self.problem(of:))
        }
        let known = Self.categories.filter { tree.root.category($0) != nil }
        let id = run.element(of: known.isEmpty || happens(onceIn: 2) ? Self.categories : known)
        let parents = known.isEmpty || happens(onceIn: 3) ? Self.categories : known
        let parent = happens(onceIn: 3) ? nil : run.element(of: parents)
        let action: CategoryAction
        switch tree.root.count == 0 ? 0 : run.natural(through: 12) {
        case 0: action = tree.birth
        case 1...3: action = .create(id: id, parent: parent, name: happens(onceIn: 9) ? " " : "Category")
        case 4: action = .rename(id, to: "Name \(run.natural(through: 3))")
        case 5, 6: action = .move(id, under: parent)
        case 7, 8: action = .archive(id)
        case 9, 10:
            let values = happens(onceIn: 5) ? [] : ["S", "M", "L"].shuffled(using: &run.generator)
            action = .defineAttribute(.choice("Size \(run.natural(through: 1))", of: values), of: id)
        case 11: action = .removeAttribute("Size \(run.natural(through: 1))", of: id)
        default: action = .restore(known.first { tree.root.category($0)?.status == .archived } ?? id)
        }
        try give(action, to: tree)
    }

    /// Every category hangs on a root within the greatest depth, and nothing in use stands under what is not.
    private static func problem(of tree: CategoryTree) -> String? {
        for id in categories {
            guard let category = tree.category(id) else { continue }
            guard tree.children(of: category.parentID).contains(category) else {
                return "\(id) is no child of its parent"
            }
            var depth = 1
            var next = category.parentID
            while let parent = next.flatMap({ tree.category($0) }) {
                depth += 1
                guard depth <= CategoryTree.maximumDepth else { return "\(id) stands too deep, or in a circle" }
                if category.status == .active, parent.status == .archived { return "\(id) is in use under what is not" }
                next = parent.parentID
            }
        }
        return nil
    }
}

extension CommandStream {
    mutating func commandReview() throws {
        let review = try subject(of: \.reviews) { stream in
            let author = stream.anyOwner()
            let rating = stream.rating()
            let id = ReviewID(bits: stream.nextNumber())
            return StreamSubject(
                .publish(
                    id: id,
                    product: Example.productID,
                    author: author,
                    order: Example.orderID,
                    rating: rating
                ),
                owner: author
            ) { review in
                guard review.status != nil else { return nil }
                return RatingHistogram.stars.contains(review.rating) ? nil : "a rating has \(review.rating) stars"
            }
        }
        let action: ReviewAction
        switch review.root.status == nil ? 0 : run.natural(through: 9) {
        case 0: action = review.birth
        case 1...3: action = .edit(rating: rating(), text: ReviewText(body: happens(onceIn: 8) ? "" : "Fine"))
        case 4, 5: action = .hide(run.element(of: ReviewHidingReason.allCases))
        case 6...8: action = .restore
        default: action = .withdraw
        }
        try give(action, to: review)
        try Self.checkHistogram(of: review)
    }

    private mutating func rating() -> Int { happens(onceIn: 12) ? 0 : 1 + run.natural(through: 4) }

    /// What the events of a review add to a histogram is one vote while it is shown, and nothing otherwise.
    private static func checkHistogram(of review: StreamSubject<Review, ReviewAction>) throws(StreamViolation) {
        var votes: [Int: Int64] = [:]
        for event in review.events {
            for (stars, change) in RatingHistogram.changes(by: event) { votes[stars, default: 0] += change }
        }
        let expected: [Int: Int64] = review.root.status == .published ? [review.root.rating: 1] : [:]
        guard votes.filter({ $0.value != 0 }) == expected else { throw StreamViolation("votes are \(votes)") }
    }
}
