import ExampleStores
import ExampleSupport
import Marketplace
import TwoProcessesKit

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run --traits SQLite market-api --store sqlite:market.db`: takes purchases and says what is known of them.
@main
struct MarketAPI {
    static let generate = Option.wholeNumber(
        "generate",
        help: "Takes so many generated purchases instead of reading lines; the same seed gives the same ones",
        in: 0...1_000_000,
        default: 0
    )
    static let pace = Option.wholeNumber(
        "pace",
        placeholder: "MS",
        help: "Waits so many milliseconds between generated purchases",
        in: 0...60_000,
        default: 10
    )
    static let seed = Option.seed(help: "What generated purchases follow from", default: 1)
    static let acknowledged = Option.file(
        "acknowledged",
        help: "Writes the order of every purchase there as soon as it was accepted"
    )
    static let command = CommandLineOptions(
        "market-api",
        summary: "takes purchases, and says what is known of them. It reads lines: 'buy ORDER BUYER UNITS' and"
            + " 'status ORDER'. A purchase is accepted when it is on the store; market-worker buys it",
        [MarketOptions.store, generate, pace, seed, acknowledged]
    )

    let book: WishBook
    let record: AppendOnlyRecordFile?
    private let output = Console.standardOutput

    static func main() async throws {
        let options = CommandShell.parse(command)
        let (store, environment) = await MarketOptions.open(options, for: command)
        let api = MarketAPI(book: WishBook(environment), record: record(at: options[acknowledged]))
        if options[generate] > 0 {
            for number in 0..<options[generate] {
                try await api.take(PurchaseWish(number: number, seed: options[seed]))
                try await Task.sleep(for: .milliseconds(options[pace]))
            }
        } else {
            while let line = readLine() { try await api.answer(line) }
        }
        await store.close()
    }

    private static func record(at path: String?) -> AppendOnlyRecordFile? {
        guard let path else { return nil }
        do throws(FileError) {
            return try AppendOnlyRecordFile(path)
        } catch {
            Console.standardError.writeLine("\(command.command): \(error)")
            exit(CommandShell.unwritableExitCode)
        }
    }

    private func take(_ wish: PurchaseWish) async throws {
        try await book.write(wish)
        // Only now: what was said to be accepted is on the store.
        try record?.append(wish.order.description)
        output.writeLine("accepted \(wish.order)")
    }

    private func answer(_ line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        switch words.first {
        case "buy" where words.count == 4:
            guard let order = OrderID(words[1]), let buyer = MemberID(words[2]), let count = Int(words[3]),
                let units = try? Quantity(count)
            else { return output.writeLine("error: buy takes two identifiers and a number of units from 1 on") }
            try await take(PurchaseWish(order: order, buyer: buyer, units: units))
        case "status" where words.count == 2:
            guard let order = OrderID(words[1]) else { return output.writeLine("error: status takes an identifier") }
            let entry = try await book.entry(of: order)
            output.writeLine("\(order) \(entry.map { $0.answer ?? "waiting" } ?? "unknown")")
        case nil: break
        default: output.writeLine("error: a line is 'buy ORDER BUYER UNITS' or 'status ORDER'")
        }
    }
}
