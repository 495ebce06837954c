#if canImport(Glibc)
import Glibc
#endif

/// The target whose name the program was started under.
///
/// Unsafe, because the compiler cannot see that libFuzzer sets it once, before the first input, on
/// the one thread that it has.
nonisolated(unsafe) private var target = FuzzTarget.parse

/// Called once by libFuzzer, before any input (llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
    guard let program = arguments.pointee?.pointee,
        let name = String(cString: program).split(separator: "/").last,
        let named = FuzzTarget(rawValue: String(name))
    else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("start it under the name of a target: \(names)")
    }
    target = named
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(UnsafeBufferPointer(start: data, count: count))
    return 0
}
