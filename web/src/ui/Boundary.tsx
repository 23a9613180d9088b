import { Component, type ReactNode } from "react";
import { faultOf } from "../api/errors";
import { ErrorBox } from "./ErrorBox";
import { PlainPage } from "./PlainPage";

interface BoundaryState {
  thrown?: unknown;
}

/** Says that something fell over, where no page stands that could: around the sign-in. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  static getDerivedStateFromError = (thrown: unknown): BoundaryState => ({ thrown });
  override state: BoundaryState = {};

  override render() {
    if (this.state.thrown === undefined) return this.props.children;
    return <PlainPage><ErrorBox fault={faultOf(this.state.thrown)} retryText="Reload" retry={() => location.reload()} /></PlainPage>;
  }
}
