#include <bzlib.h>
#include <lzo/lzo1x.h>
#include <zstd.h>
#include <zstd_errors.h>

/* The types of the functions that are looked up by name instead of linked. */
#define FUNCTION(name) typedef __typeof__(name) *name##_function
FUNCTION(BZ2_bzBuffToBuffDecompress);
FUNCTION(lzo1x_decompress_safe);
FUNCTION(ZSTD_createDStream);
FUNCTION(ZSTD_freeDStream);
FUNCTION(ZSTD_initDStream);
FUNCTION(ZSTD_decompressStream);
FUNCTION(ZSTD_decompress);
FUNCTION(ZSTD_findFrameCompressedSize);
FUNCTION(ZSTD_getFrameContentSize);
FUNCTION(ZSTD_isError);
FUNCTION(ZSTD_getErrorCode);
#undef FUNCTION
