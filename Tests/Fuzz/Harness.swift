// Not a target of the package: `Tests/Scripts/fuzz.sh` compiles it with libFuzzer, against modules built for it.
import FuzzSubject

/// Called by libFuzzer with one input after the other.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer hands over `count` bytes that live until the call returns; they are copied.
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let fault = DocumentProperties.fault(of: bytes) { fatalError(fault) }
    return 0
}
