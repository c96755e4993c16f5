// expected: switch on the trait LibPQ of swift-marketplace
import MarketplacePostgres

func pool() throws -> LibPQPool {
    LibPQPool(try LibPQConfiguration("postgres://localhost/shop"))
}
