// One client connection, from handshake to close. Private to the server's sources.
#pragma once
#include "net/lane.h"

namespace weir::net {

// Runs on the lane's thread; finished when the connection is closed.
Task<void> serve_connection(Socket socket, Lane& lane);

}  // namespace weir::net
