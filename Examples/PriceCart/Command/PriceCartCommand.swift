import ExampleSupport
import MarketplaceCore
import MarketplaceStorage
import PriceCartKit

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run price-cart`.
@main
enum PriceCartCommand {
    static func main() {
        let options = CommandShell.parse(PriceCartOptions.command)
        let output = Console.standardOutput
        if options[PriceCartOptions.schema] { return output.write(CartSchema.text) }
        do throws(PriceCartFailure) {
            let priced = try PriceCart(
                path: options[PriceCartOptions.document] ?? InputFile.standardInput,
                policy: options[PriceCartOptions.policy],
                now: SystemWallClock().now
            )
            if options[PriceCartOptions.json] {
                output.write(try priced.json())
            } else {
                output.write(Receipt(priced, isExplained: options[PriceCartOptions.explain]))
            }
        } catch {
            Console.standardError.writeLine("\(PriceCartOptions.command.command): \(error.line)")
            exit(error.code.rawValue)
        }
    }
}
