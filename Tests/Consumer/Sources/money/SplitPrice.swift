import MarketplaceCore

/// Uses one module alone: what is built soonest.
@main
enum SplitPrice {
    static func main() throws {
        print("shares:", try Money(minorUnits: 1_00, .eur).allocated(by: [1, 1, 1]))
    }
}
