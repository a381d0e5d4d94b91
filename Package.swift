// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
        resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "ibtest",
    products: [.executable(name: "ibtest", targets: ["ibtest"])],
    targets: [
        .systemLibrary(name: "CFDT", providers: [.apt(["libfdt-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CCompress", providers: [.apt(["libbz2-dev", "liblzo2-dev", "libzstd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CEdit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
        .target(name: "CSystem"),
        library("NearestName"),
        library("Arguments", ["NearestName"]),
        library("YAML", ["CYAML", "NearestName"]),
        library("SharedLibrary"),
        library("Compression", ["CCompress", "CZlib", "SharedLibrary"]),
        library("Digest", ["CCrypto", "Compression", "SharedLibrary"]),
        library("DeviceTree", ["CFDT"]),
        library("BootImages", ["DeviceTree", "Digest"]),
        library("Disks", ["Digest"]),
        library("UBoot", ["DeviceTree", "BootImages", "Compression", "Digest", "Disks"]),
        library("Boards", ["DeviceTree", "NearestName", "UBoot", "YAML"]),
        library("ImageBuilder", ["Boards", "BootImages", "Compression", "DeviceTree", "NearestName", "UBoot"]),
        library("Verifier", ["UBoot", "DeviceTree", "NearestName"]),
        library("Reports", ["Boards", "Scenarios", "UBoot", "DeviceTree", "Verifier"]),
        library("Sessions", ["BootImages", "Boards", "Compression", "Reports", "UBoot", "Verifier"]),
        library("Archives", ["CArchive", "SharedLibrary"]),
        library("Emulation", ["CSystem"]),
        library(
            "Scenarios",
            [
                "Archives", "Boards", "BootImages", "Compression", "DeviceTree", "Digest", "Emulation", "ImageBuilder",
                "NearestName", "UBoot", "Verifier", "YAML",
            ]),
        library("LineEditor", ["CEdit", "SharedLibrary"]),
        .executableTarget(
            name: "ibtest",
            dependencies: [
                "Arguments", "Boards", "Emulation", "ImageBuilder", "LineEditor", "Reports", "Scenarios", "Sessions",
                "UBoot",
                "Verifier",
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "generate-bench", dependencies: ["Boards", "ImageBuilder", "UBoot", "Verifier"],
            path: "Bench/generate", swiftSettings: settings),
        tests("NearestName"),
        tests("Arguments", exclude: ["Golden"]),
        tests("YAML"),
        tests("Compression"),
        tests("Digest"),
        tests("DeviceTree"),
        tests("BootImages", ["Digest"], resources: [.copy("Golden")]),
        tests("Disks"),
        tests("UBoot", ["DeviceTree", "BootImages", "Digest"], exclude: ["Golden", "Recordings"]),
        tests("Boards", ["UBoot", "YAML"], exclude: ["Golden"]),
        tests("Verifier", ["UBoot", "BootImages", "DeviceTree"]),
        tests("ImageBuilder", ["Boards", "BootImages", "DeviceTree", "UBoot"], exclude: ["Golden"]),
        tests("Reports", ["Boards", "Scenarios", "UBoot", "Verifier"], exclude: ["Golden"]),
        tests("Sessions", ["Boards", "UBoot"]),
        tests("Archives"),
        tests("Emulation"),
        tests("Scenarios", ["DeviceTree", "Emulation", "Verifier"]),
        tests("LineEditor"),
        tests("ibtest", ["BootImages", "DeviceTree"]),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Boards", "Sessions", "UBoot"],
            exclude: ["Boards", "Sessions", "Disks"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
