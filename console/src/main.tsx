// The console: opens the session, follows the server, shows the screen of the address.
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { Audit } from "./audit";
import { CheckScreen } from "./check";
import { Components } from "./components";
import { Deliveries } from "./deliveries";
import { IncidentRoom } from "./incident";
import { Incidents } from "./incidents";
import { Keys } from "./keys";
import { Maintenances } from "./maintenance";
import { PlanMaintenance } from "./maintenance_plan";
import { MaintenanceRoom } from "./maintenance_room";
import { NowScreen } from "./now";
import { OnCall } from "./on_call";
import { People } from "./people";
import { SignIn } from "./sign_in";
import { Frame } from "./frame";
import { openSession } from "./session";
import { place, signedIn } from "./store";
import { Subscribers } from "./subscribers";

function Screen() {
  const [first, second] = place.value;
  switch (first) {
    case undefined:
    case "now":
      return <NowScreen />;
    case "incidents":
      return second ? <IncidentRoom key={second} id={second} /> : <Incidents />;
    case "components":
      return <Components />;
    case "checks":
      return second ? <CheckScreen key={second} id={second} /> : <Components />;
    case "deliveries":
      return <Deliveries key={second} incident={second} />;
    case "maintenance":
      if (second === "plan") return <PlanMaintenance />;
      return second ? <MaintenanceRoom key={second} id={second} /> : <Maintenances />;
    case "on-call":
      return <OnCall />;
    case "subscribers":
      return <Subscribers />;
    case "people":
      return <People />;
    case "audit":
      return <Audit />;
    default:
      return (
        <p class="card">
          There is nothing at this address. <a href="#/now">Back to what is going on now</a>
        </p>
      );
  }
}

function App() {
  useEffect(() => {
    void openSession();
  }, []);
  if (signedIn.value === null) return <p class="loading">Opening the console…</p>;
  if (!signedIn.value) return <SignIn />;
  return (
    <Frame>
      <Screen />
      <Keys />
    </Frame>
  );
}

const root = document.getElementById("app");
if (root) {
  root.textContent = "";
  render(<App />, root);
}
